import { BlockList, isIP } from 'node:net';

/** Reads a comma-separated list of IPv4 and IPv6 addresses and CIDRs; undefined when an entry is invalid. */
export function readSubnets(text: string): BlockList | undefined {
  const subnets = new BlockList();
  const areAllAdded = text.split(',').every((entry) => add(subnets, entry.trim()));
  return areAllAdded ? subnets : undefined;
}

function add(subnets: BlockList, entry: string): boolean {
  const [, address = '', prefix] = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? [];
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  if (bits === undefined || Number(prefix ?? bits) > bits) return false;
  subnets.addSubnet(address, Number(prefix ?? bits), bits === 32 ? 'ipv4' : 'ipv6');
  return true;
}
