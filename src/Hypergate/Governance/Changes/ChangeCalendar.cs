namespace Hypergate.Governance.Changes;

/// <summary>The windows and freezes of the settings.</summary>
internal sealed class ChangeCalendar(ChangeSettings settings)
{
    private readonly ChangeWindow[] _windows = [.. settings.Windows.Select(static window => new ChangeWindow(window))];
    private readonly ChangeWindow[] _freezes = [.. settings.Freezes.Select(static window => new ChangeWindow(window))];

    /// <summary>Those that are about a backend.</summary>
    public Part For(string backend) => new(
        Array.FindAll(_windows, window => window.IsFor(backend)), Array.FindAll(_freezes, window => window.IsFor(backend)));

    /// <summary>The windows and freezes that are about one backend.</summary>
    internal readonly record struct Part(ChangeWindow[] Windows, ChangeWindow[] Freezes)
    {
        public bool IsEmpty => Windows.Length == 0 && Freezes.Length == 0;

        public bool NeedsObjects => Array.Exists(Windows, static window => window.NeedsObjects) || Array.Exists(Freezes, static window => window.NeedsObjects);

        /// <summary>Why objects must not be changed now; null where they may.</summary>
        public string? Problem(IReadOnlyList<ChangedObject> changed, DateTimeOffset now)
        {
            if (Array.Find(Freezes, freeze => changed.Any(freeze.IsAbout) && freeze.IsOpen(now)) is { } open)
            {
                return $"Changes are frozen by '{open.Name}' of the settings.";
            }

            foreach (var one in changed)
            {
                var about = Array.FindAll(Windows, window => window.IsAbout(one));
                if (about.Length > 0 && !Array.Exists(about, window => window.IsOpen(now)))
                {
                    return $"Changes are made in a window only: {string.Join(", ", about.Select(window => Words(window, now)))}.";
                }
            }

            return null;
        }

        private static string Words(ChangeWindow window, DateTimeOffset now) =>
            $"'{window.Name}'{(window.NextAfter(now) is { } next ? $", which opens next at {next.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")}";
    }
}
