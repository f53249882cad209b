package io.wavegate.s2s.component;

/** One side of the protocol: pure, so that a script can drive it. */
public interface ComponentMachine {
    /** The connection is up. */
    ComponentStep start();

    /** Takes an input. */
    ComponentStep on(ComponentState state, ComponentInput input);
}
