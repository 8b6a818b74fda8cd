package palomar.sieve.ext.imapsieve;

import java.util.List;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Scope;
import palomar.sieve.syntax.Position;

/// A script that is meant for what IMAP clients do; `environment` tells it what that was. What answers a delivery
/// makes no sense there. RFC 6785 2.1, 3.11
public final class ImapSieveExtension implements Extension {
    private static final List<String> FOR_DELIVERIES = List.of("reject", "ereject", "vacation");

    @Override
    public String name() {
        return "imapsieve";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.whenRequired(ImapSieveExtension::check);
    }

    /// For extensions that answer a delivery: called where one of them, or this one, is required.
    public static void check(Scope scope, Position at) {
        for (String other : FOR_DELIVERIES) {
            if (scope.requires(other) && scope.requires("imapsieve")) {
                scope.error(
                        at,
                        "the imapsieve extension and the " + other + " extension are not allowed together: " + other
                                + " answers a delivery, and there is none");
                return;
            }
        }
    }
}
