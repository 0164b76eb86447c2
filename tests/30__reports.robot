*** Settings ***
Documentation    Reports: on request, from NS8's event, and of a real backup where PLAN names one.
Resource         node.resource

*** Variables ***
${PLAN}    ${EMPTY}    # id of a backup plan of the node, to be run for real

*** Test Cases ***
A test mail is written for each recipient
    ${answer} =    Run the action    send-test-mail
    ${recipients} =    Evaluate
    ...    [delivery['recipient'] for message in $answer['messages'] for delivery in message['deliveries']]
    Should Be Equal    ${recipients}    ${{['admin@example.org']}}

The history can be listed
    ${answer} =    Run the action    list-reports    {"limit":5}
    Should Be True    isinstance($answer['runs'], list) and len($answer['runs']) <= 5

A report that does not exist is said
    Refuse the action    get-report    {"run":999999999}    HTTP 404

NS8's event reaches the daemon
    ${before} =    Status of the daemon
    Execute Command
    ...    runagent -m node redis-exec PUBLISH node/1/event/backup-status-changed '{"node_id":1,"backup_id":1,"module_id":"none1"}'
    Wait Until Keyword Succeeds    30 s    1 s    The last event is newer than    ${before}

A real backup is reported
    Skip If    $PLAN == ''    No plan was named: -v PLAN:1
    ${before} =    Newest run of the plan
    ${rc} =    Execute Command    api-cli run run-backup --data '{"id":${PLAN}}'    return_rc=True    return_stdout=False
    Log    run-backup ended with ${rc}
    Wait Until Keyword Succeeds    10 min    5 s    The newest run of the plan is not    ${before}
    ${newest} =    Newest run of the plan
    ${answer} =    Run the action    get-report    {"run":${newest}}
    Should Not Be Empty    ${answer['run']['modules']}
    Should Not Be Empty    ${answer['run']['messages']}

*** Keywords ***
The last event is newer than
    [Arguments]    ${before}
    ${now} =    Status of the daemon
    Should Be True    ($now['triggers']['last_event_unix'] or 0) > ($before['triggers']['last_event_unix'] or 0)

Newest run of the plan
    ${answer} =    Run the action    list-reports    {"plan":"${PLAN}","limit":1}
    ${newest} =    Evaluate    $answer['runs'][0]['id'] if $answer['runs'] else 0
    RETURN    ${newest}

The newest run of the plan is not
    [Arguments]    ${before}
    ${newest} =    Newest run of the plan
    Should Be True    ${newest} > ${before}
