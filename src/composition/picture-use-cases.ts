import type { PictureUseCases } from '../application/picture-use-cases.ts';
import { makeOpenPicture } from '../application/use-cases/pictures/open-picture.ts';
import { makeRemovePicture } from '../application/use-cases/pictures/remove-picture.ts';
import { makeSetPicture } from '../application/use-cases/pictures/set-picture.ts';
import { makeViewPicture } from '../application/use-cases/pictures/view-picture.ts';
import { makeViewPictures } from '../application/use-cases/pictures/view-pictures.ts';
import type { Budgeted, UseCasePorts as Ports } from './use-case-ports.ts';

export const pictureUseCases = (ports: Ports, { writes, reads }: Budgeted): PictureUseCases => ({
  setPicture: writes(makeSetPicture(ports)),
  removePicture: writes(makeRemovePicture(ports)),
  // A page shows many, each of which a browser reads once. Under the budget some would not be shown.
  openPicture: makeOpenPicture(ports),
  viewPictures: makeViewPictures(ports),
  viewPicture: reads(makeViewPicture(ports)),
});
