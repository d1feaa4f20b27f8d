using Hypergate.Schemas;

namespace Hypergate.Governance.Changes;

/// <summary>When something may be changed. Looking is always allowed.</summary>
public sealed record ChangeSettings
{
    [Setting("Where a window fits what a call changes, it runs only while one of those windows is open.")]
    public IReadOnlyList<WindowSettings> Windows { get; init; } = [];

    [Setting("While one of these is open, nothing that it fits is changed; wins over windows.")]
    public IReadOnlyList<WindowSettings> Freezes { get; init; } = [];
}

/// <summary>A time that comes again and again, and what it is about: all parts that are given must fit.</summary>
public sealed record WindowSettings
{
    [Setting("What people call it.", Example = "nights")]
    public required string Name { get; init; }

    [Setting("When it opens, as five fields of cron: minute, hour, day of the month, month, day of the week (mon, 1-5).", Example = "\"0 22 * * mon-fri\"")]
    public required string Cron { get; init; }

    [Setting("Minutes for which it stays open.", Minimum = 1, Maximum = 44_640)]
    public required int Minutes { get; init; }

    [Setting("The time zone of cron.", Example = "Europe/Berlin")]
    public string TimeZone { get; init; } = "UTC";

    [Setting("Backends by name or with *.", DefaultText = "all", Example = "[xo-*]")]
    public IReadOnlyList<string>? Backends { get; init; }

    [Setting("Pools by name, id, or with *. What is known to lie in no such pool does not fit; what cannot be found out does.", DefaultText = "all")]
    public IReadOnlyList<string>? Pools { get; init; }

    [Setting("Tags of the object, by name or with *, in the same way.", DefaultText = "all", Example = "[production]")]
    public IReadOnlyList<string>? Tags { get; init; }
}
