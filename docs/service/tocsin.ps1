# Tocsin at the start of Windows, by the Task Scheduler: docs/operating.md, "Run it as a service". Run it once, as an administrator.
param(
  [string]$Folder = 'C:\tocsin',
  [string]$Settings = 'C:\ProgramData\Tocsin\tocsin.env'
)
$action = New-ScheduledTaskAction -WorkingDirectory $Folder `
  -Execute "$Folder\node_modules\node\bin\node.exe" `
  -Argument "--env-file-if-exists=`"$Settings`" --max-semi-space-size=4 dist\server\main.js"
$options = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries `
  -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero)
Register-ScheduledTask -TaskName 'Tocsin' -Action $action -Settings $options `
  -Trigger (New-ScheduledTaskTrigger -AtStartup) `
  -Principal (New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\LOCAL SERVICE' -LogonType ServiceAccount)
