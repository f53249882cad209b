package io.wavegate.node.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar this runs from. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return new String[] {"wavegate " + (version == null ? "(from classes)" : version)};
    }
}
