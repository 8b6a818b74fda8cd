package palomar.config;

/// `[[mailbox]]`
public record MailboxSettings(
        @Setting(doc = "The mailbox's name, with \"/\" between levels.")
        String name,

        @Setting(
                doc =
                        "What it is for; clients see it as \\Drafts, \\Sent and so on. A user's mailbox gets the mark when no "
                                + "other one has it and the user did not choose otherwise.",
                value = "none")
        Use use,

        @Setting(
                doc = "\"create\" makes it at a login when it is missing, \"subscribe\" subscribes to it then too.",
                value = "no")
        Auto auto)
        implements Checked {

    /// RFC 6154 2, RFC 8457, RFC 9979
    public enum Use {
        NONE,
        ARCHIVE,
        DRAFTS,
        IMPORTANT,
        JUNK,
        MEMOS,
        SCHEDULED,
        SENT,
        SNOOZED,
        TRASH
    }

    /// What is done for users who lack it.
    public enum Auto {
        NO,
        CREATE,
        SUBSCRIBE
    }

    @Override
    public void check(Checker problems) {
        if (name.isEmpty() || name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            problems.wrong("name", "\"name\" must be a mailbox name like \"Sent\"");
        } else if (use == Use.NONE && auto == Auto.NO) {
            problems.wrong("name", "a mailbox without \"use\" and \"auto\" says nothing");
        }
    }
}
