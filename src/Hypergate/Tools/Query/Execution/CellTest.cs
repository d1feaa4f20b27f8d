using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Query.Execution;

/// <summary>Tests a value that is there.</summary>
internal delegate bool CellTest(in Cell cell);
