package palomar.sieve.ext.metadata;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;

/// RFC 5490 4
public final class MboxMetadataExtension implements Extension {
    @Override
    public String name() {
        return "mboxmetadata";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.test(MetadataTests.value("metadata", true), MetadataTests::compileValue);
        declarations.test(MetadataTests.exists("metadataexists", true), MetadataTests::compileExists);
    }
}
