using Hypergate.Model;

namespace Hypergate.Catalog.Search;

/// <summary>An operation to be found.</summary>
/// <param name="Backend">The configured name of the backend that offers it.</param>
/// <param name="Platform">What people call the platform and this backend of it: <c>Xen Orchestra xo xo-paris</c>.</param>
/// <param name="Operation">The operation itself.</param>
public sealed record IndexedOperation(string Backend, string Platform, Operation Operation);

/// <summary>An operation that fits a question.</summary>
/// <param name="Operation">Which one.</param>
/// <param name="Score">Comparable within one answer only; higher is better.</param>
public sealed record SearchHit(IndexedOperation Operation, double Score);
