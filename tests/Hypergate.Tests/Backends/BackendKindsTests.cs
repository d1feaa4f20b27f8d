using Hypergate.Backends;

namespace Hypergate.Tests.Backends;

public class BackendKindsTests
{
    [Fact]
    public void Every_kind_that_settings_can_name_can_be_made_and_the_other_way_round() => Assert.Equal(
        KindsOfSettings.All.Select(static settings => settings.Name).Order(StringComparer.Ordinal),
        BackendKinds.All.Select(static kind => kind.Name).Order(StringComparer.Ordinal));
}
