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
import java.util.function.Function;

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
                kill("kill-shard", "kill -9 of a shard node", stage -> List.of(shard(stage))),
                kill("kill-edge", "kill -9 of an edge", stage -> List.of(edge(stage))),
                kill("kill-both", "kill -9 of an edge and a shard node", stage -> distinct(edge(stage), shard(stage))));
    }

    private interface Choice {
        List<LabNode> of(Stage stage);
    }

    private static Scenario kill(String key, String title, Choice victims) {
        return Scenario.of(key, title, stage -> {
            stage.begins();
            List<LabNode> chosen = victims.of(stage);
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
                pause("pause-1", "a shard node", Scenarios::shard, 1),
                pause("pause-8", "a shard node", Scenarios::shard, 8),
                pause("pause-60", "a shard node", Scenarios::shard, 60),
                pause("pause-edge", "an edge", Scenarios::edge, 8));
    }

    private static Scenario pause(String key, String whom, Function<Stage, LabNode> choice, int seconds) {
        return Scenario.of(key, "SIGSTOP of " + whom + " for " + seconds + " s, then SIGCONT", stage -> {
            LabNode victim = choice.apply(stage);
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
                    stage.begins();
                    shard(stage).stop();
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
                    List<LabNode> others = new ArrayList<>(stage.lab().near().nodes());
                    others.remove(shard(stage));
                    cut(stage, List.of(shard(stage)), LabCluster.hosts(others));
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
                        stage -> cut(stage, List.of(shard(stage)), stage.lab().storeHosts())),
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
                Scenario.of("store-slow", "a quorum of Cassandra stands still half of the time", stage -> {
                    stage.begins();
                    long end = System.nanoTime() + stage.longEnough().toNanos();
                    while (System.nanoTime() < end) {
                        slow(stage);
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

    // A Cassandra that could not write takes itself out and stays out, by its own policy, until somebody starts it
    // again.
    private static void full(Stage stage) throws IOException, InterruptedException {
        List<LabDisk> disks = stage.lab().storeDisks();
        if (disks.isEmpty()) {
            throw new IOException("a disk can be filled only as root on Linux with loop devices and mkfs.ext4");
        }
        int quorum = disks.size() / 2 + 1;
        stage.begins();
        for (LabDisk disk : disks.subList(0, quorum)) {
            disk.fill();
        }
        stage.goOn(stage.longEnough());
        for (int node = 0; node < quorum; node++) {
            disks.get(node).free();
            stage.lab().store().kill(node);
        }
        for (int node = 0; node < quorum; node++) {
            stage.lab().store().restart(node);
        }
        stage.ends();
    }

    private static void slow(Stage stage) throws InterruptedException {
        int quorum = stage.lab().store().size() / 2 + 1;
        for (int node = 0; node < quorum; node++) {
            stage.lab().store().pause(node);
        }
        stage.goOn(Duration.ofMillis(500));
        for (int node = 0; node < quorum; node++) {
            stage.lab().store().resume(node);
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

    private static LabNode shard(Stage stage) {
        List<LabNode> shards = stage.lab().near().shards();
        return shards.get(shards.size() - 1);
    }

    private static LabNode edge(Stage stage) {
        return stage.lab().near().edges().get(0);
    }

    private static List<LabNode> distinct(LabNode one, LabNode other) {
        return one == other ? List.of(one) : List.of(one, other);
    }
}
