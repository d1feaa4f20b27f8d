using System.Text.Json;
using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet;

/// <summary>What a fleet tool found or did, before it is written in a format.</summary>
internal abstract record FleetAnswer
{
    private FleetAnswer()
    {
    }

    /// <summary>What the caller must know beside it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<ToolImage> Images { get; init; } = [];

    /// <summary>Rows in their order.</summary>
    /// <param name="Minimal">The columns that are shown unless asked otherwise.</param>
    /// <param name="Columns">All columns, in the order of the cells.</param>
    internal sealed record Table(IReadOnlyList<string> Minimal, IReadOnlyList<string> Columns, IReadOnlyList<Cell[]> Rows) : FleetAnswer;

    /// <summary>One object.</summary>
    /// <param name="Backend">Whose rules say what is hidden in it.</param>
    /// <param name="Value">A JSON object.</param>
    internal sealed record Record(string Backend, JsonElement Value) : FleetAnswer
    {
        public bool IsError { get; init; }
    }

    /// <summary>A change that waits for consent, or a preview of one.</summary>
    internal sealed record Preview(string Text) : FleetAnswer;
}
