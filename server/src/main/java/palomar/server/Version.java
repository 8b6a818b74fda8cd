package palomar.server;

/// What this is.
public final class Version {
    private Version() {}

    /// `0.1.0`; `development` when it does not run from its jar.
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
