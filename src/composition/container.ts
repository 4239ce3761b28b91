import 'reflect-metadata';
import { container, type DependencyContainer, instanceCachingFactory } from 'tsyringe';

/** What a token stands for is part of its type, so that `get` needs no cast at the call. */
export type Token<T> = symbol & { readonly __stands_for?: T };

export const token = <T>(name: string): Token<T> => Symbol(name);

export type Get = <T>(of: Token<T>) => T;

/** One container per app. Everything in it is made once, when it is first asked for. */
export class Wiring {
  readonly #container: DependencyContainer = container.createChildContainer();

  bind<T>(to: Token<T>, make: (get: Get) => T): this {
    // A bare factory would run again at every resolve.
    this.#container.register<T>(to, { useFactory: instanceCachingFactory(() => make(this.get)) });
    return this;
  }

  readonly get: Get = (of) => this.#container.resolve(of);
}
