const UNKNOWN_CERTIFICATE =
  'The certificate of the server in DATABASE_URL is signed by an unknown authority: add sslrootcert=FILE to DATABASE_URL, with its certificate or the one that signed it, or sslmode=no-verify to trust any. ';

/** Which variable usually causes an error, by error code. */
export const START_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'PORT is taken. ',
  EACCES: 'Access to PORT or to the file of DATABASE_URL is denied. ',
  EPERM: 'Access to the file of DATABASE_URL is denied. ',
  EADDRNOTAVAIL: 'HOST is not an address of this machine. ',
  ENOTFOUND: 'HOST is not an address of this machine. ',
  EAI_AGAIN: 'HOST is not an address of this machine. ',
  ENOENT: 'The directory of DATABASE_URL does not exist and cannot be made. ',
  ENOTDIR: 'The parent directory in DATABASE_URL is not a directory. ',
  EISDIR: 'DATABASE_URL names a directory. ',
  ELOOP: 'DATABASE_URL names a link that leads nowhere. ',
  NOT_A_FILE: 'DATABASE_URL does not name a file. ',
  MOUNTED_FILE: 'DATABASE_URL names a file that is mounted by itself. ',
  EROFS: 'The file or the directory of DATABASE_URL cannot be written. ',
  ENOSPC: 'The disk of DATABASE_URL is full. ',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the server in DATABASE_URL is for another host name. ',
  CERT_HAS_EXPIRED: 'The certificate of the server in DATABASE_URL has expired. ',
  SQLITE_BUSY: 'The file of DATABASE_URL is locked by another program. ',
  SQLITE_NOTADB: 'DATABASE_URL names a file that is no database. ',
  SQLITE_CORRUPT: 'The file of DATABASE_URL is damaged. ',
  SQLITE_READONLY: 'The file of DATABASE_URL cannot be written. ',
  SQLITE_CANTOPEN: 'The file of DATABASE_URL cannot be opened. ',
  SQLITE_FULL: 'The disk of DATABASE_URL is full. ',
  SQLITE_IOERR: 'The disk of DATABASE_URL is full or failing. ',
};
