require ["foreverypart", "fileinto"];
foreverypart { fileinto "a"; stop; }
fileinto "b";
