package io.wavegate.node.cli;

import io.wavegate.node.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"wavegate " + BuildVersion.number()};
    }
}
