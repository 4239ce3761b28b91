import 'reflect-metadata';
import { container, type DependencyContainer, instanceCachingFactory } from 'tsyringe';

/** The type of the bound value is part of the token's type, so that `get` needs no cast. */
export type Token<T> = symbol & { readonly __stands_for?: T };

export const token = <T>(name: string): Token<T> => Symbol(name);

export type Get = <T>(of: Token<T>) => T;

/** One container per app. Each value is made once, when it is first requested. */
export class Wiring {
  readonly #container: DependencyContainer = container.createChildContainer();

  bind<T>(to: Token<T>, make: (get: Get) => T): this {
    // A plain factory would run at every resolve.
    this.#container.register<T>(to, { useFactory: instanceCachingFactory(() => make(this.get)) });
    return this;
  }

  readonly get: Get = (of) => this.#container.resolve(of);
}
