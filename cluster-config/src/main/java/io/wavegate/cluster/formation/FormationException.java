package io.wavegate.cluster.formation;

/** A node did not become a member. */
public final class FormationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String thing;
    private final String problem;
    private final String nextStep;
    private final int exitCode;

    /** For what a start would find again until somebody has mended it. */
    FormationException(String thing, String problem, String nextStep) {
        this(1, thing, problem, nextStep);
    }

    FormationException(int exitCode, String thing, String problem, String nextStep) {
        super(thing + ": " + problem + ". " + nextStep);
        this.exitCode = exitCode;
        this.thing = thing;
        this.problem = problem;
        this.nextStep = nextStep;
    }

    /** What it is about. */
    public String thing() {
        return thing;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String nextStep() {
        return nextStep;
    }

    /** Of the process; as {@link Ending#exitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
