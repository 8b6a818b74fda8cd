package palomar.sieve.ext.subaddress;

import palomar.message.edit.AddressPart;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;

/// RFC 5233
public final class SubaddressExtension implements Extension {
    @Override
    public String name() {
        return "subaddress";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.provide(AddressPart.class, "user", AddressPart.USER);
        declarations.provide(AddressPart.class, "detail", AddressPart.DETAIL);
    }
}
