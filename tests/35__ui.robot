*** Settings ***
Documentation    The page in cluster-admin, a picture of each part of it. Needs the library Browser.
Resource         node.resource

*** Variables ***
${ADMIN_USER}        admin
${ADMIN_PASSWORD}    Nethesis,1234    # what NS8's test nodes are made with
${PICTURES}          ${OUTPUT DIR}/browser/screenshot

*** Test Cases ***
Take screenshots
    [Tags]    ui
    Import Library    Browser
    New Browser    chromium    headless=True
    New Context    ignoreHTTPSErrors=True
    Log in to cluster-admin
    FOR    ${number}    ${page}    ${title}    IN
    ...    1    status    Status
    ...    2    reports    Reports
    ...    3    settings    Settings
    ...    4    about    About
        Go To    https://${NODE_ADDR}/cluster-admin/#/apps/${MODULE_ID}?page=${page}
        Wait For Elements State    iframe >>> h2 >> text="${title}"    visible    timeout=10s
        Wait Until Keyword Succeeds    20 s    1 s    Nothing is being loaded
        Take Screenshot    filename=${PICTURES}/${number}._${title}.png
    END
    [Teardown]    Close Browser

*** Keywords ***
Log in to cluster-admin
    New Page    https://${NODE_ADDR}/cluster-admin/
    Fill Text    text="Username"    ${ADMIN_USER}
    Click    button >> text="Continue"
    Fill Text    text="Password"    ${ADMIN_PASSWORD}
    Click    button >> text="Log in"
    Wait For Elements State    css=#main-content    visible    timeout=10s

Nothing is being loaded
    Get Element Count    iframe >>> css=.bx--skeleton__text    ==    0
