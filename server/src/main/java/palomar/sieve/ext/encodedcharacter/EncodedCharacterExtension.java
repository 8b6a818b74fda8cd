package palomar.sieve.ext.encodedcharacter;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;

/// The language itself decodes strings where this is required. RFC 5228 2.4.2.4
public final class EncodedCharacterExtension implements Extension {
    @Override
    public String name() {
        return "encoded-character";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.notForIhave();
    }
}
