package io.wavegate.load.sim;

import io.wavegate.load.sim.stream.Loop;
import org.jspecify.annotations.Nullable;

/** The world as one life of a node sees it; or, for no node, as what lies between them does. */
final class NodeLoop implements Loop {
    private final World world;
    private final @Nullable Slot slot;
    private final @Nullable Life life;

    private NodeLoop(World world, @Nullable Slot slot, @Nullable Life life) {
        this.world = world;
        this.slot = slot;
        this.life = life;
    }

    static NodeLoop of(SimNode node, Life life) {
        return new NodeLoop(node.world(), node.slot(), life);
    }

    static NodeLoop between(World world) {
        return new NodeLoop(world, null, null);
    }

    @Override
    public long micros() {
        return world.now();
    }

    @Override
    public long between(long least, long most) {
        return world.between(least, most);
    }

    @Override
    public Timer after(long micros, Runnable work) {
        World.Event event = world.after(micros, slot, () -> {
            if (!isOver()) {
                work.run();
            }
        });
        return () -> event.cancelled = true;
    }

    @Override
    public boolean isOver() {
        return life != null && life.isOver();
    }

    @Override
    public void line(String text) {
        world.trace().line(world, () -> text);
    }
}
