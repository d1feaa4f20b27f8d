using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>What each property of a VM's PATCH body does to its record: names differ between writing and reading.</summary>
internal static class VmSettings
{
    private static readonly Dictionary<string, Action<JsonObject, JsonNode?>> Setters = new(StringComparer.Ordinal)
    {
        ["affinityHost"] = Optional("affinityHost"),
        ["autoPoweron"] = SetAutoPowerOn,
        ["blockedOperations"] = SetBlocked,
        ["coresPerSocket"] = (vm, value) => vm["coresPerSocket"] = Whole(value),
        ["cpuCap"] = (vm, value) => vm["cpuCap"] = value is null ? 0 : Whole(value),
        ["cpuMask"] = Plain("cpuMask"),
        ["cpuWeight"] = (vm, value) => vm["cpuWeight"] = value is null ? 256 : Whole(value),
        ["cpus"] = SetCpus,
        ["cpusStaticMax"] = (vm, value) => vm["CPUs"]!["max"] = Whole(value),
        ["creation"] = Plain("creation"),
        ["expNestedHvm"] = SetNested,
        ["hasVendorDevice"] = Plain("hasVendorDevice"),
        ["highAvailability"] = Plain("high_availability"),
        ["hvmBootFirmware"] = (vm, value) => Set(vm["boot"]!, "firmware", value),
        ["memory"] = SetMemory,
        ["memoryMax"] = (vm, value) => vm["memory"]!["dynamic"]![1] = Bytes(value),
        ["memoryMin"] = (vm, value) => vm["memory"]!["dynamic"]![0] = Bytes(value),
        ["memoryStaticMax"] = (vm, value) => vm["memory"]!["static"]![1] = Bytes(value),
        ["nameDescription"] = Plain("name_description"),
        ["nameLabel"] = Plain("name_label"),
        ["nestedVirt"] = SetNested,
        ["nicType"] = Optional("nicType"),
        ["notes"] = Optional("notes"),
        ["PV_args"] = Plain("PV_args"),
        ["resourceSet"] = Optional("resourceSet"),
        ["secureBoot"] = Plain("secureBoot"),
        ["share"] = (_, _) => { },
        ["startDelay"] = Plain("startDelay"),
        ["suspendSr"] = Optional("suspendSr"),
        ["tags"] = Plain("tags"),
        ["uefiMode"] = (_, _) => { },
        ["vga"] = Plain("vga"),
        ["videoram"] = Plain("videoram"),
        ["viridian"] = Plain("viridian"),
        ["virtualizationMode"] = Plain("virtualizationMode"),
        ["xenStoreData"] = SetStoreData,
    };

    public static void Apply(JsonObject vm, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            Setters[name](vm, value);
        }

        VmFields.Sort(vm);
    }

    /// <summary>A size in bytes: a number, or text such as <c>4 GiB</c>.</summary>
    public static long Bytes(JsonNode? value)
    {
        if (value is JsonValue number && number.TryGetValue(out double bytes))
        {
            return (long)bytes;
        }

        var text = value!.GetValue<string>().Trim();
        var digits = text.TakeWhile(character => char.IsAsciiDigit(character) || character == '.').Count();
        return double.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var amount)
            ? (long)(amount * UnitOf(text[digits..].Trim()))
            : throw new XoError(500, $"invalid size: {text}");
    }

    private static double UnitOf(string unit)
    {
        var power = unit.Length == 0 ? 0 : Math.Max(0, " KMGTP".IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal));
        return Math.Pow(unit.Contains('i', StringComparison.Ordinal) || unit.Length == 1 ? 1024 : 1000, power);
    }

    private static Action<JsonObject, JsonNode?> Plain(string field) => (vm, value) => Set(vm, field, value);

    /// <summary>A field that is absent when it is null.</summary>
    private static Action<JsonObject, JsonNode?> Optional(string field) => (vm, value) => Set(vm, field, value);

    private static void Set(JsonNode target, string field, JsonNode? value)
    {
        if (value is null)
        {
            target.AsObject().Remove(field);
            return;
        }

        target[field] = value.DeepClone();
    }

    private static void SetAutoPowerOn(JsonObject vm, JsonNode? value)
    {
        var on = value!.GetValue<bool>();
        vm["auto_poweron"] = on;
        Set(vm["other"]!, "auto_poweron", on ? "true" : null);
    }

    private static void SetBlocked(JsonObject vm, JsonNode? value)
    {
        foreach (var (operation, reason) in value!.AsObject())
        {
            var word = reason switch
            {
                JsonValue flag when flag.TryGetValue(out bool blocked) => blocked ? "true" : null,
                JsonValue text => text.GetValue<string>(),
                _ => null,
            };
            Set(vm["blockedOperations"]!, operation, word);
        }
    }

    private static void SetCpus(JsonObject vm, JsonNode? value)
    {
        var count = Whole(value);
        vm["CPUs"]!["number"] = count;
        vm["CPUs"]!["max"] = Math.Max(count, vm["CPUs"]!.Number("max"));
    }

    private static void SetMemory(JsonObject vm, JsonNode? value)
    {
        var bytes = Bytes(value);
        var memory = vm["memory"]!;
        memory["size"] = bytes;
        memory["dynamic"] = new JsonArray(bytes, bytes);
        memory["static"]![1] = bytes;
    }

    private static void SetNested(JsonObject vm, JsonNode? value)
    {
        vm["expNestedHvm"] = value!.DeepClone();
        vm["isNestedVirtEnabled"] = value.DeepClone();
    }

    private static void SetStoreData(JsonObject vm, JsonNode? value)
    {
        const string prefix = "vm-data/";
        foreach (var (key, text) in value!.AsObject())
        {
            Set(vm["xenStoreData"]!, key.StartsWith(prefix, StringComparison.Ordinal) ? key : prefix + key, text);
        }
    }

    private static long Whole(JsonNode? value) =>
        value is JsonValue number && number.TryGetValue(out double amount) ? (long)amount : Bytes(value);
}
