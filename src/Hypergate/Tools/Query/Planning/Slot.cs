using System.Runtime.InteropServices;

namespace Hypergate.Tools.Query.Planning;

/// <summary>Where a value stands in a joined row: which of its tables, which column.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Slot(int Source, int Column);
