package palomar.imap.proto;

import java.util.Optional;

/// One field of ID: empty value for NIL. RFC 2971 3.3
public record IdField(String name, Optional<String> value) {}
