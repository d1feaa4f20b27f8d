using System.Text.RegularExpressions;

namespace Hypergate.Tests.Simulator.Contract;

/// <summary>How to call an operation so that it must succeed.</summary>
/// <param name="Filter">Which object of the path's collection to take.</param>
/// <param name="Body">
/// The body; <c>&lt;hosts power_state:Running&gt;</c> stands for the id of such an object, never the path's own;
/// <c>@pool</c>, <c>@sr</c> … in a filter for the path's object's <c>$pool</c>, <c>$SR</c>.
/// </param>
internal sealed partial record ValidCall(string Filter = "", string? Body = null)
{
    /// <summary>Brings about what the operation needs and no data centre has from the start; answers the id for the path.</summary>
    public Func<SimulatedXo, Task<string>>? Prepare { get; init; }

    /// <summary>The path and body with all places filled.</summary>
    public async Task<(string Path, string? Body)> FillAsync(SimulatedXo xo, string template)
    {
        var collection = template.Split('/')[1];
        var id = Prepare is not null ? await Prepare(xo)
            : template.Contains("{id}", StringComparison.Ordinal) ? await IdAsync(xo, collection, Filter, template, null)
            : null;
        var path = template.Replace("{id}", id, StringComparison.Ordinal);
        foreach (var (place, value) in Places.Where(place => path.Contains(place.Key, StringComparison.Ordinal)))
        {
            path = path.Replace(place, await FillPlacesAsync(xo, value, template, id), StringComparison.Ordinal);
        }

        return (path, Body is null ? null : await FillPlacesAsync(xo, Body, template, id));
    }

    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["{tag}"] = "made-up",
        ["{data_source}"] = "cpu0",
        ["{format}"] = "raw",
        ["{userId}"] = "<users email:/^alice$/>",
        ["{groupId}"] = "<groups>",
        ["{subscriptionId}"] = "VM",
    };

    private static async Task<string> FillPlacesAsync(SimulatedXo xo, string text, string template, string? id)
    {
        while (Place().Match(text) is { Success: true } place)
        {
            var other = await IdAsync(xo, place.Groups["collection"].Value, place.Groups["filter"].Value, template, id);
            text = text.Remove(place.Index, place.Length).Insert(place.Index, other);
        }

        return text;
    }

    private static async Task<string> IdAsync(SimulatedXo xo, string collection, string filter, string template, string? own)
    {
        if (own is not null && filter.Contains('@', StringComparison.Ordinal))
        {
            var item = (await xo.GetAsync($"/{template.Split('/')[1]}/{own}")).Json;
            filter = Reference().Replace(filter, match => item["$" + match.Groups["name"].Value]!.GetValue<string>());
        }

        var not = own is null || collection != template.Split('/')[1] ? "" : $" !id:/^{own}$/";
        var found = (await xo.GetAsync($"/{collection}?fields=id&limit=1&filter={Uri.EscapeDataString(filter + not)}")).Json.AsArray();
        Assert.True(found.Count == 1, $"No {collection} with {filter}");
        return found[0]!["id"]!.GetValue<string>();
    }

    [GeneratedRegex("<(?<collection>[a-z-]+) ?(?<filter>[^<>]*)>", RegexOptions.None, 1000)]
    private static partial Regex Place();

    [GeneratedRegex("@(?<name>[A-Za-z]+)", RegexOptions.None, 1000)]
    private static partial Regex Reference();
}
