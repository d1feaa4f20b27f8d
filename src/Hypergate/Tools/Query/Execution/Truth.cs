namespace Hypergate.Tools.Query.Execution;

/// <summary>What is known of a condition: AND is the least of its parts, OR the greatest, NOT the mirror.</summary>
internal enum Truth : byte
{
    False,
    Unknown,
    True,
}

/// <summary>Tests one row of a frame.</summary>
internal delegate Truth Predicate(Frame frame, int row);
