package palomar.scripts;

import java.util.Optional;

/// Whose scripts.
///
/// @param user as the mail store names him
/// @param home his home directory, as the userdb has it
public record ScriptOwner(String user, Optional<String> home) {}
