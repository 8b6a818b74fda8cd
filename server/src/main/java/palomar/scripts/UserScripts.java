package palomar.scripts;

import java.util.List;
import java.util.Optional;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// One user's scripts. Safe for many threads; changes are durable on return, and each happens in whole or not at
/// all. Every method may throw MailException UNAVAILABLE, a change also DISK_FULL.
public interface UserScripts extends AutoCloseable {
    /// So often a script may be replaced while it is read.
    int MOST_LOOKS = 5;

    /// All scripts in the order of their names.
    List<ScriptEntry> list();

    /// Empty: there is none of that name.
    Optional<Script> get(ScriptName name);

    /// The bytes of a script; empty: there is none of that name. Unlike [Script#content()] it does not fail when
    /// the script is replaced between two looks.
    default Optional<byte[]> content(ScriptName name) {
        for (int look = 1; ; look++) {
            Optional<Script> found = get(name);
            try {
                return found.map(Script::content);
            } catch (MailException gone) {
                if (gone.kind() != MailError.NOT_FOUND || look == MOST_LOOKS) {
                    throw gone;
                }
            }
        }
    }

    /// The script that is to be run for incoming mail; it may be one that [#list()] does not show, because the
    /// user has put it in place by other means.
    Optional<Script> active();

    /// What keeps a script of that name and size from being put; empty: there is room just now. RFC 5804 2.5
    Optional<ScriptLimits.Excess> excess(ScriptName name, long size);

    /// Stores a script, in place of the one of that name. The active one stays active. RFC 5804 2.6
    ///
    /// @return what keeps it from being stored; empty: it is stored
    Optional<ScriptLimits.Excess> put(ScriptName name, byte[] content);

    /// RFC 5804 2.10
    Deletion delete(ScriptName name);

    /// Gives a script another name; the active one stays active. RFC 5804 2.11
    Renaming rename(ScriptName from, ScriptName to);

    /// Makes a script the active one, instead of the one that was. RFC 5804 2.8
    ///
    /// @return false: there is none of that name
    boolean activate(ScriptName name);

    /// From now on no script is active. RFC 5804 2.8
    void deactivate();

    /// Another number after each change of anything here, whoever made it.
    long stamp();

    @Override
    void close();

    /// What became of a deletion.
    enum Deletion {
        DONE,
        NOT_THERE,
        /// It is the active one, and still there.
        ACTIVE
    }

    /// What became of a renaming.
    enum Renaming {
        DONE,
        NOT_THERE,
        /// There is a script of the new name; nothing was changed.
        TAKEN
    }
}
