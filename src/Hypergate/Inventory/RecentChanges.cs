using System.Collections.Concurrent;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Inventory;

/// <summary>
/// What this gateway changed a moment ago, by the values in the paths of the changes. A platform that gathers the state of its objects
/// only every few seconds is asked for these one by one.
/// </summary>
internal sealed class RecentChanges(TimeProvider time)
{
    private const int MostEntries = 200;

    // Proxmox VE gathers every ten seconds.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<(string Backend, string Parameter, string Value), DateTimeOffset> _changed = new();

    /// <summary>A call has changed something, or is about to.</summary>
    public void Note(Call call)
    {
        foreach (var parameter in call.Operation.Parameters)
        {
            if (parameter.Place == ParameterPlace.Path && call.Arguments.TryGetProperty(parameter.Name, out var value)
                && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                _changed[(call.Backend, parameter.Name, value.ToString())] = time.GetUtcNow() + Life;
            }
        }

        if (_changed.Count > MostEntries)
        {
            Purge();
        }
    }

    /// <summary>The values of a parameter in the changes of a moment ago.</summary>
    public IReadOnlySet<string> Of(string backend, string parameter)
    {
        var now = time.GetUtcNow();
        return _changed
            .Where(entry => entry.Key.Backend == backend && entry.Key.Parameter == parameter && entry.Value > now)
            .Select(static entry => entry.Key.Value)
            .ToHashSet(StringComparer.Ordinal);
    }

    private void Purge()
    {
        var now = time.GetUtcNow();
        foreach (var (key, until) in _changed)
        {
            if (until <= now)
            {
                _changed.TryRemove(key, out _);
            }
        }
    }
}
