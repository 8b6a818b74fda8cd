package palomar.mail;

import java.util.List;

/// Some of all flags: system flags by their bits, and all keywords or none.
///
/// @param system bits of [SystemFlags]
public record FlagMask(int system, boolean keywords) {
    public static final FlagMask ALL = new FlagMask(SystemFlags.ALL, true);

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean isEmpty() {
        return system == 0 && !keywords;
    }

    /// Those of `flags` that are among these.
    public Flags of(Flags flags) {
        return isAll() ? flags : new Flags(flags.system() & system, keywords ? flags.keywords() : List.of());
    }
}
