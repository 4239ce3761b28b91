import { makeThumbnails } from '../../src/adapters/sharp/thumbnails.ts';
import { thumbnailsContract } from './thumbnails-contract.ts';

thumbnailsContract('sharp', makeThumbnails);
