package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the network between an edge and the entities of a link loses, doubles and reorders. */
class EdgeProtocolPropertyTest {
    private static EdgeWorld troubled(long seed, int lossPercent, int newcomers) {
        EdgeWorld world = new EdgeWorld(seed, lossPercent);
        world.newEntity();
        for (int era = 0; era <= newcomers; era++) {
            for (int i = 0; i < 60; i++) {
                if (world.random.nextInt(6) == 0) {
                    world.peerSends(1 + world.random.nextInt(3));
                } else if (world.random.nextInt(6) == 0) {
                    world.entities
                            .get(world.random.nextInt(world.entities.size()))
                            .want(1);
                } else {
                    world.step();
                }
            }
            if (era < newcomers) {
                world.newEntity();
            }
        }
        world.current().want(2);
        world.calmDown();
        if (world.current().outdated) {
            // One that had just begun took it for an older one, so it stops, and the next begins where it was wanted.
            world.newEntity();
            world.current().want(2);
            world.calmDown();
        }
        return world;
    }

    @Property(tries = 300)
    void whatThePeerSendsIsDealtWithInOrderOnceByEachEntityAndAtLeastOnceByOneOfThem(
            @ForAll long seed, @ForAll @IntRange(max = 60) int loss, @ForAll @IntRange(max = 4) int newcomers) {
        EdgeWorld world = troubled(seed, loss, newcomers);
        TreeSet<Integer> all = new TreeSet<>();
        for (EdgeWorld.Entity entity : world.entities) {
            List<Integer> sorted = new ArrayList<>(new TreeSet<>(entity.taken));
            assertThat(entity.taken).as("in order and once").isEqualTo(sorted);
            all.addAll(entity.taken);
        }
        assertThat(all).hasSize(world.fromPeer);
        assertThat(world.ledger.isEmpty()).as("nothing is kept for ever").isTrue();
        assertThat(world.counted.values()).allMatch(count -> count == 1);
    }

    @Property(tries = 300)
    void whatAnEntitySendsIsWrittenInOrderAndOnce(
            @ForAll long seed, @ForAll @IntRange(max = 60) int loss, @ForAll @IntRange(max = 4) int newcomers) {
        EdgeWorld world = troubled(seed, loss, newcomers);
        for (EdgeWorld.Entity entity : world.entities) {
            List<Integer> written = world.written(entity.incarnation);
            assertThat(written)
                    .isEqualTo(IntStream.rangeClosed(1, written.size()).boxed().toList());
            assertThat(written).hasSizeGreaterThanOrEqualTo(entity.confirmed);
        }
        EdgeWorld.Entity last = world.current();
        assertThat(world.written(last.incarnation)).hasSize(last.wanted);
        assertThat(last.confirmed).isEqualTo(last.wanted);
        assertThat(last.edges.isSettled()).isTrue();
    }

    @Property(tries = 100)
    void whatAnEntityClosesEndsWhateverOfThatIsLost(@ForAll long seed, @ForAll @IntRange(max = 40) int loss) {
        EdgeWorld world = new EdgeWorld(seed, loss);
        world.newEntity();
        for (int i = 0; i < 400; i++) {
            if (i % 20 == 0) {
                world.current().openAnother();
            }
            world.step();
        }
        world.calmDown();
        assertThat(world.current().closing).isEmpty();
    }

    /** What the last entity does not use it closes, so what it does not know of is what stays beside its own. */
    @Property(tries = 200)
    void noStreamIsLeftOfWhichItsEntityNeverHears(
            @ForAll long seed,
            @ForAll @IntRange(max = 60) int loss,
            @ForAll @IntRange(min = 1, max = 4) int newcomers) {
        EdgeWorld world = troubled(seed, loss, newcomers);
        assertThat(world.dialled).containsAll(world.closed);
        assertThat(world.dialled).hasSize(world.closed.size() + 1);
    }

    @Property(tries = 100)
    void anEntityThatComesLaterOpensNothingWhereThereIsAStream(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int newcomers) {
        EdgeWorld world = new EdgeWorld(seed, 0);
        world.newEntity();
        world.calmDown();
        for (int i = 0; i < newcomers; i++) {
            world.newEntity();
            world.calmDown();
        }
        assertThat(world.dialled).hasSize(1);
        assertThat(world.entities.subList(0, newcomers)).allSatisfy(entity -> {
            entity.want(1);
            world.calmDown();
            assertThat(entity.outdated).isTrue();
        });
    }
}
