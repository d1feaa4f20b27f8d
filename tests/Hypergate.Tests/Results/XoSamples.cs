using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Results;

/// <summary>Recorded objects of Xen Orchestra, and worlds of any size made of them.</summary>
internal static class XoSamples
{
    private static readonly JsonElement Samples = JsonElement.Parse(File.ReadAllBytes(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "samples.json")));

    public static RedactionRules Rules { get; } = new()
    {
        Hidden = ["pw_hash", "password", "authenticationToken"],
        HiddenUnlessAsked = ["xenStoreData"],
        HiddenInside = ["result.stack", "result.call"],
        Addresses = ["url"],
        Credentials = [new("id", ["user_id", "expiration"])],
    };

    public static ResultShaper Shaper { get; } = new(Rules, SecretScrubber.None, static (_, _) => null);

    /// <summary>Up to six objects of a collection such as <c>/vms</c>.</summary>
    public static JsonElement Collection(string path) => Samples.GetProperty("collections").GetProperty(path).GetProperty("objects");

    public static JsonElement SubResource(string path) => Samples.GetProperty("subs").EnumerateObject().First(sub => sub.Name.EndsWith(path, StringComparison.Ordinal)).Value;

    /// <summary>A list of VMs in no order, each with all fields and an id of its own.</summary>
    public static JsonElement Vms(int count)
    {
        var models = Collection("/vms").EnumerateArray().Select(vm => (Text: vm.GetRawText(), Id: vm.GetProperty("id").GetString()!)).ToList();
        var list = new StringBuilder("[");
        for (var index = 0; index < count; index++)
        {
            var (text, id) = models[index % models.Count];
            list.Append(index == 0 ? "" : ",").Append(text.Replace(id, Id(index), StringComparison.Ordinal));
        }

        return JsonElement.Parse(list.Append(']').ToString());
    }

    /// <summary>Spread over the whole range, so that the order of the list is not the order of the ids.</summary>
    public static string Id(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{(uint)(index * 2654435761):x8}-0000-4000-8000-{index:x12}");
}
