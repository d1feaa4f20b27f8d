namespace Hypergate.Tools.Query.Planning;

/// <summary>Where a value stands in a joined row: which of its tables, which column.</summary>
internal readonly record struct Slot(int Source, int Column);
