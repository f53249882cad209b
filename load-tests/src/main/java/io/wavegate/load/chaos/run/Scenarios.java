package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.lab.LabCluster;
import io.wavegate.load.chaos.lab.LabDisk;
import io.wavegate.load.chaos.lab.LabNode;
import io.wavegate.load.chaos.lab.PeerServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All there are. */
public final class Scenarios {
    private Scenarios() {}

    /** All, in the order in which they are run. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.add(Scenario.of("none", "nothing happens", stage -> {
            stage.begins();
            stage.goOn(stage.longEnough());
        }));
        all.addAll(kills());
        all.addAll(pauses());
        all.addAll(restarts());
        all.addAll(partitions());
        all.addAll(stores());
        all.addAll(surroundings());
        return List.copyOf(all);
    }

    /** One by its name. */
    public static Optional<Scenario> named(String key) {
        return all().stream().filter(scenario -> scenario.key().equals(key)).findFirst();
    }

    private static List<Scenario> kills() {
        return List.of(
                kill("kill-shard", "kill -9 of a shard node", stage -> List.of(Victims.shard(stage))),
                kill("kill-edge", "kill -9 of an edge", stage -> List.of(Victims.edge(stage))),
                kill(
                        "kill-both",
                        "kill -9 of an edge and a shard node",
                        stage -> distinct(Victims.edge(stage), Victims.shard(stage))));
    }

    private interface Choice<T> {
        T of(Stage stage) throws IOException, InterruptedException;
    }

    private static Scenario kill(String key, String title, Choice<List<LabNode>> victims) {
        return Scenario.of(key, title, stage -> {
            List<LabNode> chosen = victims.of(stage);
            stage.begins();
            chosen.forEach(node -> node.kill());
            stage.goOn(stage.longEnough());
            stage.ends();
            for (LabNode node : chosen) {
                node.start();
            }
        });
    }

    private static List<Scenario> pauses() {
        return List.of(
                pause("pause-1", "a shard node", Victims::shard, 1),
                pause("pause-8", "a shard node", Victims::shard, 8),
                pause("pause-60", "a shard node", Victims::shard, 60),
                pause("pause-edge", "an edge", Victims::edge, 8));
    }

    private static Scenario pause(String key, String whom, Choice<LabNode> choice, int seconds) {
        return Scenario.of(key, "SIGSTOP of " + whom + " for " + seconds + " s, then SIGCONT", stage -> {
            LabNode victim = choice.of(stage);
            stage.begins();
            victim.process().freeze();
            stage.goOn(Duration.ofSeconds(seconds));
            victim.process().thaw();
            stage.ends();
            stage.goOn(stage.longEnough());
        });
    }

    private static List<Scenario> restarts() {
        return List.of(
                Scenario.of("leave", "a shard node leaves in order", stage -> {
                    LabNode victim = Victims.shard(stage);
                    stage.begins();
                    victim.stop();
                    stage.ends();
                    stage.goOn(stage.longEnough());
                }),
                new Scenario(
                        "roll-shards",
                        "all shard nodes restarted one after the other",
                        false,
                        stage -> stage.roll(stage.lab().near().shards())),
                Scenario.of(
                        "roll-edges",
                        "all edges restarted one after the other",
                        stage -> stage.roll(stage.lab().near().edges())),
                Scenario.of(
                        "roll-all",
                        "every node restarted one after the other",
                        stage -> stage.roll(stage.lab().near().nodes())));
    }

    private static List<Scenario> partitions() {
        return List.of(
                Scenario.of("cut-node", "a shard node cut off from all other nodes", stage -> {
                    LabNode victim = Victims.shard(stage);
                    List<LabNode> others = new ArrayList<>(stage.lab().near().nodes());
                    others.remove(victim);
                    cut(stage, List.of(victim), LabCluster.hosts(others));
                }),
                Scenario.of("cut-first", "the first seed node killed, and started while it is cut off", stage -> {
                    LabNode first = stage.lab().near().shards().get(0);
                    List<LabNode> others = new ArrayList<>(stage.lab().near().nodes());
                    others.remove(first);
                    stage.begins();
                    first.kill();
                    stage.lab().network().cut(List.of(first.host()), LabCluster.hosts(others));
                    first.launch();
                    stage.goOn(stage.longEnough());
                    stage.lab().network().heal(List.of(first.host()), LabCluster.hosts(others));
                    stage.ends();
                    stage.goOn(stage.longEnough());
                }),
                Scenario.of(
                        "cut-store",
                        "a shard node cut off from Cassandra",
                        stage -> cut(
                                stage,
                                List.of(Victims.shard(stage)),
                                stage.lab().storeHosts())),
                Scenario.of(
                        "cut-peer",
                        "gateway and remote gateway cut off from each other",
                        stage -> cut(
                                stage,
                                stage.lab().near().nodes(),
                                LabCluster.hosts(stage.lab().far().nodes()))));
    }

    private static void cut(Stage stage, List<LabNode> some, List<io.wavegate.load.chaos.net.LabHost> others)
            throws IOException, InterruptedException {
        stage.begins();
        stage.lab().network().cut(LabCluster.hosts(some), others);
        stage.goOn(stage.longEnough());
        stage.lab().network().heal(LabCluster.hosts(some), others);
        stage.ends();
    }

    private static List<Scenario> stores() {
        return List.of(
                Scenario.of("store-kill", "kill -9 of one of the Cassandra nodes", stage -> {
                    stage.begins();
                    stage.lab().store().kill(0);
                    stage.goOn(stage.longEnough());
                }),
                Scenario.of(
                        "store-slow", "the disks of a quorum of Cassandra take no write half of the time", stage -> {
                            List<LabDisk> quorum = quorum(stage);
                            stage.begins();
                            long end = System.nanoTime() + stage.longEnough().toNanos();
                            while (System.nanoTime() < end) {
                                slow(stage, quorum);
                            }
                            stage.ends();
                        }),
                Scenario.of("store-gone", "all of Cassandra stands still", stage -> {
                    stage.begins();
                    for (int node = 0; node < stage.lab().store().size(); node++) {
                        stage.lab().store().pause(node);
                    }
                    stage.goOn(stage.longEnough());
                    for (int node = 0; node < stage.lab().store().size(); node++) {
                        stage.lab().store().resume(node);
                    }
                    stage.ends();
                }),
                Scenario.of(
                        "store-full",
                        "the disks of a quorum of Cassandra full, then freed and Cassandra restarted",
                        Scenarios::full));
    }

    private static List<LabDisk> quorum(Stage stage) throws IOException {
        List<LabDisk> disks = stage.lab().storeDisks();
        if (disks.isEmpty()) {
            throw new IOException("disks can be hurt only as root on Linux with loop devices, mkfs.ext4 and fsfreeze");
        }
        return disks.subList(0, disks.size() / 2 + 1);
    }

    // A Cassandra that could not write takes itself out and stays out, by its own policy, until somebody starts it
    // again.
    private static void full(Stage stage) throws IOException, InterruptedException {
        List<LabDisk> quorum = quorum(stage);
        stage.begins();
        for (LabDisk disk : quorum) {
            disk.fill();
        }
        stage.goOn(stage.longEnough());
        for (int node = 0; node < quorum.size(); node++) {
            quorum.get(node).free();
            stage.lab().store().kill(node);
        }
        for (int node = 0; node < quorum.size(); node++) {
            stage.lab().store().restart(node);
        }
        stage.ends();
    }

    private static void slow(Stage stage, List<LabDisk> disks) throws IOException, InterruptedException {
        try {
            for (LabDisk disk : disks) {
                disk.freeze();
            }
            stage.goOn(Duration.ofMillis(500));
        } finally {
            for (LabDisk disk : disks) {
                disk.thaw();
            }
        }
        stage.goOn(Duration.ofMillis(500));
    }

    private static List<Scenario> surroundings() {
        return List.of(
                Scenario.of("dns", "DNS dead, and all streams lost in the middle of it", stage -> {
                    stage.begins();
                    stage.lab().dns().die();
                    stage.goOn(Duration.ofSeconds(8));
                    LabNode victim = stage.lab().far().nodes().get(0);
                    victim.kill();
                    victim.start();
                    stage.goOn(Duration.ofSeconds(5));
                    stage.lab().dns().live();
                    stage.ends();
                }),
                Scenario.of("peers", "the remote gateway's nodes killed and started one after the other", stage -> {
                    stage.begins();
                    for (LabNode node : stage.lab().far().nodes()) {
                        node.kill();
                        node.start();
                    }
                    stage.ends();
                }),
                Scenario.of("servers", "Prosody and ejabberd restarted", stage -> {
                    stage.begins();
                    for (PeerServer peer : stage.lab().peers()) {
                        peer.restart();
                    }
                    stage.ends();
                }));
    }

    private static List<LabNode> distinct(LabNode one, LabNode other) {
        return one == other ? List.of(one) : List.of(one, other);
    }
}
