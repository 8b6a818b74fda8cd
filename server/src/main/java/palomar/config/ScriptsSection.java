package palomar.config;

/// `[sieve.scripts]`
public record ScriptsSection(
        @Setting(
                doc =
                        "\"store\": in the mail store. \"files\": as Dovecot's Pigeonhole has them, a folder of files and a link"
                                + " to the active one, in place, so that both can be run on them in turn.",
                value = "store")
        Keep keep,

        @Setting(
                doc =
                        "The folder of a user's scripts with keep = \"files\": an absolute path. \"~\" in front is the user's home"
                                + " (the userdb field home), \"%{user}\" his name.",
                value = "~/sieve")
        String folder,

        @Setting(
                doc =
                        "The link to the active script with keep = \"files\", likewise. A plain file in its place is run, too.",
                value = "~/.dovecot.sieve")
        String active,

        @Setting(doc = "Scripts of one user.", value = "100", min = "15", max = "10000")
        int maxScripts,

        @Setting(doc = "The largest script.", value = "1MiB", min = "16KiB", max = "16MiB")
        ByteSize maxScript,

        @Setting(doc = "All scripts of one user together.", value = "10MiB", min = "64KiB", max = "1GiB")
        ByteSize maxTotal)
        implements Checked {

    /// Where scripts are.
    public enum Keep {
        STORE,
        FILES
    }

    @Override
    public void check(Checker problems) {
        if (!isPlace(folder)) {
            problems.wrong("folder", "\"folder\" must be an absolute path, or begin with \"~/\"");
        }
        if (!isPlace(active)) {
            problems.wrong("active", "\"active\" must be an absolute path, or begin with \"~/\"");
        }
        if (isPlace(folder) && folder.startsWith("/") && !folder.contains("%{user}")) {
            problems.wrong("folder", "\"folder\" must have \"%{user}\" or begin with \"~/\": each user has his own");
        }
        if (isPlace(active) && active.startsWith("/") && !active.contains("%{user}")) {
            problems.wrong("active", "\"active\" must have \"%{user}\" or begin with \"~/\": each user has his own");
        }
        if (maxTotal.bytes() < maxScript.bytes()) {
            problems.wrong("max_total", "\"max_total\" is smaller than \"max_script\"");
        }
    }

    private static boolean isPlace(String path) {
        return (path.startsWith("/") || path.startsWith("~/")) && path.indexOf(0) < 0;
    }
}
