@NullMarked
package palomar.storage.loft.v1;

import org.jspecify.annotations.NullMarked;
