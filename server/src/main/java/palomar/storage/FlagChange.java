package palomar.storage;

import palomar.mail.Flags;

/// What STORE does to flags. RFC 9051 6.4.6
public record FlagChange(Kind kind, Flags flags) {
    /// How the named flags meet those that are there.
    public enum Kind {
        ADD,
        REMOVE,
        REPLACE
    }

    public static FlagChange add(Flags flags) {
        return new FlagChange(Kind.ADD, flags);
    }

    public static FlagChange remove(Flags flags) {
        return new FlagChange(Kind.REMOVE, flags);
    }

    public static FlagChange replace(Flags flags) {
        return new FlagChange(Kind.REPLACE, flags);
    }

    /// The system bits after the change.
    public int applySystem(int before) {
        return switch (kind) {
            case ADD -> before | flags.system();
            case REMOVE -> before & ~flags.system();
            case REPLACE -> flags.system();
        };
    }

    /// The keyword bits after the change, `named` being the bits of the change's keywords.
    public long applyKeywords(long before, long named) {
        return switch (kind) {
            case ADD -> before | named;
            case REMOVE -> before & ~named;
            case REPLACE -> named;
        };
    }
}
