import { describe, expect, it } from 'vitest';
import { uncontractedPorts } from './contracts.ts';
import { cycles } from './cycles.ts';
import { drawers, longFiles, uncheckedCode } from './form.ts';
import { longFunctions } from './functions.ts';
import {
  adaptersAcross,
  calledApplication,
  foreignImports,
  outwardImports,
  strayContainers,
  unshippable,
} from './layers.ts';
import { actorlessUseCases, untestedOutsiders } from './outsiders.ts';
import { impure, waiting, wallClocks } from './purity.ts';
import { decisionsByRole, readTemplates } from './roles.ts';
import { readSources } from './sources.ts';
import { misnamedUseCases } from './use-case-names.ts';

const sources = readSources('src');

describe('the house', () => {
  it('is all read', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
  });

  it.each([
    ['imports point inward', outwardImports],
    ['domain and application import nothing from outside', foreignImports],
    ['adapters take only types from the application', calledApplication],
    ['adapters import each other only where it is written down', adaptersAcross],
    ['the container is known to the composition alone', strayContainers],
    ['browsers are sent the client, the wire format and pure domain code', unshippable],
    ['nothing in the domain waits', waiting],
    ['the core asks ports for time, randomness and the world', impure],
    ['CK-1: heartbeats and waits do not go by the wall clock', wallClocks],
    ['there is no cycle of imports', cycles],
    ['no file is longer than 200 lines', longFiles],
    ['no function is longer than 40 lines', longFunctions],
    ['the type checker is nowhere shut up', uncheckedCode],
    ['every file is named for one thing', drawers],
    ['use cases are named as they are made', misnamedUseCases],
    ['use cases take the actor first', actorlessUseCases],
  ])('%s', (_name, rule) => {
    expect(rule(sources)).toEqual([]);
  });

  it('no page, route or client decides by role', () => {
    expect(decisionsByRole([...sources, ...readTemplates()])).toEqual([]);
  });

  it('every port has a contract that tests run', () => {
    expect(uncontractedPorts(sources, readSources('test/contracts'))).toEqual([]);
  });

  it('every use case has a test for the outsider', () => {
    expect(untestedOutsiders(sources, readSources('test/use-cases'))).toEqual([]);
  });
});
