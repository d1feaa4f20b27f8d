using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Tables;

/// <summary>A field of a row. A dotted name reaches into objects, unless the row has a field of just that name.</summary>
internal sealed class FieldPath(string name)
{
    private readonly string[] _parts = name.Split('.');

    public string Name => name;

    /// <summary>The field's first part: what a platform must be asked for.</summary>
    public string Root => _parts[0];

    /// <summary>Finds the value, the object that has it, and how that object is called.</summary>
    public bool TryFind(JsonElement row, out Found found)
    {
        found = new(row, "", name, default);
        if (JsonText.TryGet(row, name, out var value))
        {
            found = found with { Value = value };
            return true;
        }

        return _parts.Length > 1 && TryReachIn(row, out found);
    }

    /// <summary>Whether a part of the path, or the value itself, is hidden.</summary>
    public bool IsHidden(JsonElement row, Redaction redaction)
    {
        if (_parts.Length == 1 || JsonText.TryGet(row, name, out _))
        {
            return redaction.Hides(row, "", name);
        }

        var owner = row;
        var ownerName = "";
        foreach (var part in _parts)
        {
            if (redaction.Hides(owner, ownerName, part))
            {
                return true;
            }

            if (!JsonText.TryGet(owner, part, out owner))
            {
                return false;
            }

            ownerName = part;
        }

        return false;
    }

    private bool TryReachIn(JsonElement row, out Found found)
    {
        found = new(row, "", _parts[0], row);
        foreach (var part in _parts)
        {
            if (!JsonText.TryGet(found.Value, part, out var next))
            {
                return false;
            }

            found = new(found.Value, ReferenceEquals(part, _parts[0]) ? "" : found.Name, part, next);
        }

        return true;
    }

    /// <param name="Owner">The object that has the value.</param>
    /// <param name="OwnerName">The name of the property that holds the owner; empty for the row itself.</param>
    /// <param name="Name">The property that holds the value.</param>
    /// <param name="Value">The value.</param>
    public readonly record struct Found(JsonElement Owner, string OwnerName, string Name, JsonElement Value);
}
