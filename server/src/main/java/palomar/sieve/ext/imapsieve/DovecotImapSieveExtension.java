package palomar.sieve.ext.imapsieve;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;

/// Two more items of `environment` for what IMAP clients do (vnd.dovecot.imapsieve): `vnd.dovecot.mailbox-from`,
/// where messages were copied from, and `vnd.dovecot.mailbox-to`, where they are now. Whoever runs the script
/// knows them.
public final class DovecotImapSieveExtension implements Extension {
    @Override
    public String name() {
        return "vnd.dovecot.imapsieve";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.whenRequired((scope, at) -> {
            scope.require(at, "imapsieve");
            scope.require(at, "environment");
        });
    }
}
