package palomar.sieve.ext.metadata;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;

/// RFC 5490 5
public final class ServerMetadataExtension implements Extension {
    @Override
    public String name() {
        return "servermetadata";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.test(MetadataTests.value("servermetadata", false), MetadataTests::compileValue);
        declarations.test(MetadataTests.exists("servermetadataexists", false), MetadataTests::compileExists);
    }
}
