package palomar.scripts;

/// The scripts of all users. Safe for many threads.
public interface ScriptStore {

    /// A user's scripts. Cheap; makes nothing. Close what you opened.
    ///
    /// Throws MailException UNAVAILABLE when they can't be reached now, or when the operator has said where they
    /// are in a way that does not fit this user.
    UserScripts open(ScriptOwner owner);

    /// Removes all of a user's scripts, durably; for when the user himself is removed.
    void forget(ScriptOwner owner);
}
