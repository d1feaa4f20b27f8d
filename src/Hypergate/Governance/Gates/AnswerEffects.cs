using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Governance.Gates;

/// <summary>What a gate does to an answer.</summary>
internal sealed class AnswerEffects(GateAfterSettings settings)
{
    private readonly MaskSet _masks = new(settings.Mask);
    private readonly IReadOnlyList<AnswerPath> _redacted = [.. settings.Redact.Select(static path => new AnswerPath(path))];
    private readonly HashSet<string>? _kept = settings.KeepFields?.ToHashSet(StringComparer.Ordinal);

    /// <summary>The answer as the gate leaves it.</summary>
    public GateVerdict Apply(JsonElement answer)
    {
        if (settings.Deny is { } deny)
        {
            return new(default, deny);
        }

        if (answer.ValueKind == JsonValueKind.Undefined)
        {
            return new(answer);
        }

        var root = JsonNode.Parse(answer.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = answer.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? 1_000 : 0 });
        var changed = Keep(root) | Cut(root);
        foreach (var path in _redacted)
        {
            changed |= path.Redact(root);
        }

        changed |= _masks.Hide(ref root);
        return new(changed ? JsonElement.Parse(root?.ToJsonString() ?? "null", new JsonDocumentOptions { MaxDepth = 1_000 }) : answer);
    }

    private bool Cut(JsonNode? root)
    {
        if (settings.MaxItems is not { } most || root is not JsonArray list || list.Count <= most)
        {
            return false;
        }

        list.RemoveRange(most, list.Count - most);
        return true;
    }

    private bool Keep(JsonNode? root)
    {
        if (_kept is null)
        {
            return false;
        }

        var changed = false;
        foreach (var item in root is JsonArray list ? list.OfType<JsonObject>() : root is JsonObject only ? [only] : [])
        {
            foreach (var name in item.Select(static field => field.Key).Where(name => !_kept.Contains(name)).ToList())
            {
                changed |= item.Remove(name);
            }
        }

        return changed;
    }
}
