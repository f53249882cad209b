package io.wavegate.s2s.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.resolve.DnsQuestion.Type;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the network is like. */
class DialPropertyTest {
    private static final int PORT = 5269;
    private static final String DOMAIN = "b.example";

    /** A network by chance: up to five targets of up to four addresses each, most of them bad in some way. */
    private static final class Chance {
        final DialWorld world = new DialWorld();
        final Set<String> refused = new HashSet<>();
        boolean good;
        private final Random random;

        Chance(long seed, boolean sickDns) {
            random = new Random(seed);
            int targets = 1 + random.nextInt(5);
            for (int t = 0; t < targets; t++) {
                String host = "t" + t + ".example";
                String srv = random.nextInt(3) + " " + random.nextInt(100) + " " + PORT + " " + host;
                if (random.nextBoolean()) {
                    world.srv(DOMAIN, srv);
                } else {
                    world.directSrv(DOMAIN, srv);
                }
                int addresses = random.nextInt(5);
                for (int a = 0; a < addresses; a++) {
                    address(host, t, a);
                }
                dns(host, sickDns);
            }
        }

        private void dns(String host, boolean sick) {
            Type type = random.nextBoolean() ? Type.A : Type.AAAA;
            switch (random.nextInt(sick ? 6 : 3)) {
                case 0 -> world.answersAfter(random.nextInt(1000), host, type);
                case 4 -> world.fails(host, type);
                case 5 -> world.silent(host, type);
                default -> {}
            }
        }

        private void address(String host, int t, int a) {
            boolean six = random.nextBoolean();
            String address = six ? "2600:0:0:0:0:0:" + (t + 1) + ":" + (a + 1) : "8.8." + t + "." + a;
            switch (random.nextInt(7)) {
                case 0 -> {
                    world.up(address, PORT, random.nextInt(500));
                    good = true;
                }
                case 1 -> world.refuses(address, PORT);
                case 2 -> world.mute(address, PORT);
                case 3 -> world.drops(address, PORT);
                case 4 -> {
                    address = six ? "fd00:0:0:0:0:0:" + (t + 1) + ":" + (a + 1) : "10.0." + t + "." + a;
                    refused.add(address);
                }
                default -> world.hangs(address, PORT);
            }
            world.host(host, address);
        }
    }

    @Property(tries = 300)
    void whatCanBeReachedIsReachedInTime(@ForAll long seed) {
        Chance chance = new Chance(seed, false);
        chance.world.dial(DOMAIN);
        assertThat(chance.world.outcome().isPresent())
                .as(chance.world.trace().toString())
                .isEqualTo(chance.good);
    }

    @Property(tries = 300)
    void itEndsInTimeLeavesNothingBehindAndConnectsToNoPrivateAddress(@ForAll long seed) {
        Chance chance = new Chance(seed, true);
        DialWorld world = chance.world.dial(DOMAIN);
        assertThat(world.nowMillis()).isLessThanOrEqualTo(35_000);
        assertThat(world.underWay()).hasSize(world.outcome().isPresent() ? 1 : 0);
        assertThat(world.outcome().isPresent() || !world.failure().text().isEmpty())
                .isTrue();
        for (String address : chance.refused) {
            assertThat(world.connects()).noneMatch(line -> line.contains(" " + address + " "));
        }
    }
}
