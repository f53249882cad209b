package io.wavegate.node;

/** The version of the jar this runs from. */
public final class BuildVersion {
    private BuildVersion() {}

    /** As the build has it; {@code 0.0.0} from classes that are in no jar. */
    public static String number() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return version == null ? "0.0.0" : version;
    }
}
